namespace MoneroCloud.Functions;

/// <summary>What somebody shows at <c>$cbs</c>. Its text does not show the token.</summary>
internal sealed record BrokerToken(string Type, string Name, string Text)
{
    public override string ToString() => $"{Type} for {Name}";
}
