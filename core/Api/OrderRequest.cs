namespace MoneroCloud.Core;

/// <summary>The body of <c>POST /api/nodes/{id}/restart</c> and <c>stop</c>, which may be left out.</summary>
public sealed record OrderRequest
{
    /// <summary>SIGKILL after so many milliseconds, 0 to the node's stop budget; null is that budget.</summary>
    public long? KillAfterMs { get; set; }
}
