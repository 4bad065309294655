namespace MoneroCloud.Functions;

/// <summary>How long a store may take.</summary>
internal sealed record TableOptions
{
    private readonly TimeSpan _deadline = TimeSpan.FromSeconds(10);

    /// <summary>Of one call, with all its retries: 10 s; 1 to 60 s.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of these bounds.</exception>
    public TimeSpan Deadline
    {
        get => _deadline;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromSeconds(1));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromSeconds(60));
            _deadline = value;
        }
    }
}
