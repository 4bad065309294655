namespace MoneroCloud.Core;

/// <summary>What the bus is shown in place of a password, for one of its queues. Its text does not show it.</summary>
/// <param name="Type">Service Bus's name for its kind, see <see cref="BusRules"/>.</param>
/// <param name="Text">A secret.</param>
/// <param name="ExpiresAt">From then on the bus drops the links that were opened with it.</param>
/// <param name="RenewAt">When the next one is asked for.</param>
public sealed record BusToken(string Type, string Text, DateTimeOffset ExpiresAt, DateTimeOffset RenewAt)
{
    public override string ToString() => $"{Type} until {ExpiresAt:O}";
}
