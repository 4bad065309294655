using System.Net;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Lets in who has a key, and counts who has none.</summary>
internal sealed partial class ApiGuard(ApiKeys keys, FailureLimit failures, bool proxied, ILogger log)
{
    private const string Bearer = "Bearer ";

    /// <summary>Under which a client may think that a key goes into the address.</summary>
    private static readonly string[] KeyParameters = ["code", "key", "api_key", "apikey", "access_token", "token", Names.KeyHeader];

    /// <summary>Null when no key is in the address: there it would stand in every log on its way.</summary>
    public static ApiResponse? RefuseKeyInQuery(HttpRequest request) =>
        request.Query.Keys.Any(name => KeyParameters.Contains(name, StringComparer.OrdinalIgnoreCase))
            ? ApiResponse.Problem(
                StatusCodes.Status400BadRequest,
                $"a key does not belong into the address, where logs show it: send it as the header {Names.KeyHeader}, or as Authorization: Bearer; if it was a real one, replace it")
            : null;

    /// <summary>Whether there is something that is meant as a key.</summary>
    public static bool HasKey(HttpRequest request) => Presented(request) is not null;

    /// <summary>By the key in the request's headers.</summary>
    /// <returns>Either who it is, or the answer that refuses it.</returns>
    public (ApiCaller? Caller, ApiResponse? Refusal) Admit(HttpContext context)
    {
        var (found, refusal) = Admit(context, Presented(context.Request));
        return (found is null ? null : new ApiCaller(found.Role, ClientAddress.Of(context, proxied)) { Key = found.Fingerprint }, refusal);
    }

    /// <param name="presented">Null when there is none.</param>
    public (ApiKey? Key, ApiResponse? Refusal) Admit(HttpContext context, string? presented)
    {
        if (!keys.Any)
        {
            return (null, ApiResponse.Problem(
                StatusCodes.Status503ServiceUnavailable,
                $"no key is configured, so that nobody may come in: set {Names.OperatorKeySetting} and {Names.ViewerKeySetting}"));
        }

        if (presented is not null && keys.Find(presented) is { } key)
        {
            return (key, null);
        }

        var address = ClientAddress.Of(context, proxied);
        if (failures.Count(address) is { } wait)
        {
            return (null, ApiResponse.Problem(StatusCodes.Status429TooManyRequests, "too many requests without a valid key: wait, and look at the key") with { RetryAfter = wait });
        }

        Log.Refused(log, address, presented is null ? "no key" : "a key that is not valid");
        return (null, ApiResponse.Problem(
            StatusCodes.Status401Unauthorized,
            presented is null ? $"there is no key: send it as the header {Names.KeyHeader}, or as Authorization: Bearer" : "the key is not valid"));
    }

    private static string? Presented(HttpRequest request) =>
        request.Headers[Names.KeyHeader] is [{ Length: > 0 } key] ? key
        : request.Headers.Authorization is [{ } text] && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && text.Length > Bearer.Length ? text[Bearer.Length..].Trim()
        : null;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "a request from {Address} was refused: {Why}")]
        public static partial void Refused(ILogger log, IPAddress address, string why);
    }
}
