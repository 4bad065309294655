using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace MoneroCloud.Functions;

/// <summary>Who makes a request.</summary>
internal sealed record ApiCaller(ApiRole Role, IPAddress Address)
{
    /// <summary>As it stands in orders and in the log.</summary>
    public string Name => Role == ApiRole.Operator ? "operator" : "viewer";

    public static ApiCaller Of(HttpContext context) => context.Features.GetRequiredFeature<ApiCaller>();
}
