namespace MoneroCloud.Core;

/// <summary>The last line of a file of a monitor's state.</summary>
/// <param name="Rows">How many there are before it.</param>
/// <param name="Sha256">Of all lines before it with their ends, in hexadecimal digits.</param>
public sealed record ExportFooter(long Rows, string Sha256);
