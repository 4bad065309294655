using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What a client wants to have checked.</summary>
/// <param name="Save">Take the result into the node's health.</param>
/// <param name="Wait">For an answer of the node's agent.</param>
internal sealed record CheckWish(CheckMethod Method, bool Save, TimeSpan Wait, ApiCaller Caller)
{
    public static readonly string[] Parameters = ["method", "save", "wait"];

    private const int LongestWait = 25;
    private const int UsualWait = 10;

    public static CheckWish Read(ApiQuery query, ApiCaller caller) => new(
        query.Choice<CheckMethod>("method") ?? CheckMethod.Api,
        query.Flag("save"),
        TimeSpan.FromSeconds(query.Number("wait", 0, LongestWait, UsualWait)),
        caller);

    /// <summary>Null when the caller may.</summary>
    public ApiResponse? Refusal() => Save && Caller.Role < ApiRole.Operator
        ? ApiResponse.Problem(StatusCodes.Status403Forbidden, $"save=true needs the role {ApiRole.Operator}; the key has the role {Caller.Role}")
        : null;
}
