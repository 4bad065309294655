namespace MoneroCloud.Core;

/// <summary>What a node's name, kind and labels look like, wherever a configuration file has them.</summary>
internal static class NodeShapes
{
    public const string WalletRpc = "walletRpc";

    public const string Daemon = "daemon";

    public static ValueShape.Text Name { get; } = new("a name: " + NodeName.Rule, TextPatterns.Name);

    public static ValueShape.Choice Kind { get; } = new([WalletRpc, Daemon]);

    public static ValueShape.Map Labels { get; } = new(
        new ValueShape.Text("a label's name: letters, digits, '.', '_', '/' and '-', beginning with a letter or a digit", TextPatterns.LabelName, MaxLength: 63),
        new ValueShape.Text("without control characters", TextPatterns.Printable, 0, 255),
        64);

    public static NodeKind? KindOf(string? text) => text switch
    {
        WalletRpc => NodeKind.WalletRpc,
        Daemon => NodeKind.Daemon,
        _ => null,
    };
}
