namespace MoneroCloud.Core;

/// <summary>Whether one more node may be restarted by automatic order.</summary>
internal abstract record BudgetAnswer
{
    private BudgetAnswer()
    {
    }

    /// <param name="Next">To be stored before the order is, unless it is the same.</param>
    public sealed record Granted(RestartBudget Next) : BudgetAnswer;

    public sealed record Refused(string Reason) : BudgetAnswer;
}
