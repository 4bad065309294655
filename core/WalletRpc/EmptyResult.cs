namespace MoneroCloud.Core;

/// <summary>The wire form of a command's result, whose members do not matter.</summary>
internal sealed record EmptyResult;
