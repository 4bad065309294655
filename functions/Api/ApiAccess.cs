namespace MoneroCloud.Functions;

/// <summary>Beside an endpoint: which role it needs. What has none of these needs a key.</summary>
/// <param name="Role">Null: open, or the endpoint asks by itself.</param>
internal sealed record ApiAccess(ApiRole? Role);
