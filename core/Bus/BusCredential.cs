namespace MoneroCloud.Core;

/// <summary>By what right the bus is used. Its text never shows a key.</summary>
public abstract record BusCredential
{
    private BusCredential()
    {
    }

    /// <summary>A rule's name and its key, for the whole connection (SASL PLAIN).</summary>
    public sealed record SharedKey(string Name, string Key) : BusCredential
    {
        public override string ToString() => Name;
    }
}
