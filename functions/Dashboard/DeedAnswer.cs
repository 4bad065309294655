namespace MoneroCloud.Functions;

/// <summary>What follows on something that an operator did on a page.</summary>
internal abstract record DeedAnswer
{
    private DeedAnswer()
    {
    }

    /// <summary>It was done: the browser goes on to a page, so that a reload does it no second time.</summary>
    public sealed record Led(string Place) : DeedAnswer;

    /// <summary>Something is to be seen before it is done.</summary>
    public sealed record Shown(PageView View) : DeedAnswer;

    /// <param name="Why">As the API would say it.</param>
    public sealed record Refused(ApiResponse Why) : DeedAnswer;
}
