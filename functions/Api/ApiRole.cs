namespace MoneroCloud.Functions;

/// <summary>What a key may do; each role may do what those before it may.</summary>
internal enum ApiRole
{
    /// <summary>See everything, and check nodes without saving.</summary>
    Viewer,

    /// <summary>Give orders, and say which agents there are.</summary>
    Operator,
}
