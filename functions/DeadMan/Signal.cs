namespace MoneroCloud.Functions;

/// <summary>What the one who waits for signs of the monitor is told of a tick.</summary>
internal abstract record Signal
{
    private Signal()
    {
    }

    /// <summary>Below the address, as Healthchecks has it.</summary>
    public abstract string Path { get; }

    public sealed record Began : Signal
    {
        public override string Path => "/start";
    }

    /// <summary>It ended well.</summary>
    public sealed record Good : Signal
    {
        public override string Path => "";
    }

    /// <param name="Reason">One line; goes into the body.</param>
    public sealed record Failed(string Reason) : Signal
    {
        public override string Path => "/fail";
    }
}
