namespace MoneroCloud.Functions;

/// <summary>What became of alerts over a channel.</summary>
/// <param name="Delivered">The channel took them.</param>
/// <param name="Refused">It refused them for good.</param>
internal readonly record struct DeliveryTally(int Delivered, int Refused)
{
    public bool IsNothing => this == default;

    public static DeliveryTally operator +(DeliveryTally left, DeliveryTally right) => new(left.Delivered + right.Delivered, left.Refused + right.Refused);
}
