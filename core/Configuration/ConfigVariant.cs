namespace MoneroCloud.Core;

/// <summary>One object of a list whose objects say by a key what they are.</summary>
internal sealed record ConfigVariant(ValueShape.Variant Variant, ConfigSection Section);
