namespace MoneroCloud.Core;

/// <summary>By what right the bus is used. Its text never shows a key.</summary>
public abstract record BusCredential
{
    private BusCredential()
    {
    }

    /// <summary>
    /// A rule's name and its key: for tokens made of it where the bus takes tokens (Service Bus), else for the whole connection (SASL PLAIN).
    /// </summary>
    public sealed record SharedKey(string Name, string Key) : BusCredential
    {
        public override string ToString() => Name;
    }

    /// <summary>Tokens of an identity.</summary>
    /// <param name="Who">For texts.</param>
    /// <param name="Source">Where they come from.</param>
    public sealed record Identity(string Who, IBusTokenSource Source) : BusCredential
    {
        public override string ToString() => Who;
    }
}
