namespace MoneroCloud.Core;

/// <summary>Which of an agent's reports: by epoch, then by number.</summary>
public readonly record struct ReportNumber(long Epoch, long Number)
{
    public bool IsAfter(ReportNumber other) => (Epoch, Number).CompareTo((other.Epoch, other.Number)) > 0;
}
