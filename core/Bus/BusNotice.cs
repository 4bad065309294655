namespace MoneroCloud.Core;

/// <summary>Something that whoever runs this should know of the bus: one line, printable, without secrets.</summary>
/// <param name="IsTrouble">False where trouble has ended.</param>
/// <param name="Text">What, and what happens next.</param>
public sealed record BusNotice(bool IsTrouble, string Text);
