namespace MoneroCloud.Core;

/// <summary>One object of a <see cref="ValueShape.Named"/> setting.</summary>
/// <param name="Shape">Which of the setting's entries its name says it is.</param>
internal sealed record ConfigEntry(string Name, ValueShape.Entry Shape, ConfigSection Section);
