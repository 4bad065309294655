namespace MoneroCloud.Functions;

/// <summary>Who looks at a page.</summary>
/// <param name="Caller">With the role that was proved.</param>
/// <param name="Session">Null for a caller with a key in a header, which no other site can have a browser send.</param>
internal sealed record Visitor(ApiCaller Caller, PageSession? Session)
{
    public bool MayAct => Caller.Role >= ApiRole.Operator;

    public string? FormToken => Session is null ? null : SessionCookie.FormToken(Session);
}
