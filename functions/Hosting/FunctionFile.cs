namespace MoneroCloud.Functions;

/// <summary>One folder with a function.json, read and checked.</summary>
/// <param name="Name">The folder's, which is the function's.</param>
internal sealed record FunctionFile(string Name, TriggerBinding Trigger);
