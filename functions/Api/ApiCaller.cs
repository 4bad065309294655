using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace MoneroCloud.Functions;

/// <summary>Who makes a request.</summary>
internal sealed record ApiCaller(ApiRole Role, IPAddress Address)
{
    /// <summary>Through which door: the API.</summary>
    public const string Api = "api";

    /// <summary>Through which door: the pages.</summary>
    public const string Dashboard = "dashboard";

    /// <summary>In place of a key's fingerprint.</summary>
    public const string NoKey = "none";

    /// <summary>What the person calls himself in his session; null where he did not say, and with a key.</summary>
    public string? Person { get; init; }

    /// <summary>Which key it was: <see cref="ApiKey.Fingerprint"/>.</summary>
    public required string Key { get; init; }

    /// <summary><see cref="Api"/> or <see cref="Dashboard"/>.</summary>
    public string Door { get; init; } = Api;

    /// <summary>As it stands in orders and in the log.</summary>
    public string Name => Role == ApiRole.Operator ? "operator" : "viewer";

    public static ApiCaller Of(HttpContext context) => context.Features.GetRequiredFeature<ApiCaller>();
}
