namespace MoneroCloud.Core;

/// <summary>What one method of a check answers.</summary>
/// <param name="Status">By the method's own measure: the identity is alive; the node listens on its port; the diagnosis is Healthy (api, full).</param>
/// <param name="Details">What is stored as <c>worked_data</c>.</param>
public sealed record MethodAnswer(bool Status, WorkedData Details);
