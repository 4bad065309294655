using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Identity;

namespace MoneroCloud.Functions;

/// <summary>Which of the client's exceptions are a lost race, which the environment's, and what an operator has to know of them.</summary>
internal static class AzureFailures
{
    /// <summary>Whether a transaction was refused because a row had changed.</summary>
    public static bool IsLostRace(TableTransactionFailedException exception) =>
        exception.ErrorCode is { } code &&
        (code == TableErrorCode.EntityAlreadyExists || code == TableErrorCode.UpdateConditionNotSatisfied ||
         code == TableErrorCode.ResourceNotFound || code == TableErrorCode.EntityNotFound);

    /// <summary>Whether it was ended, by the client's own limit of one try or by a token.</summary>
    public static bool IsTimeout(Exception exception) =>
        exception is OperationCanceledException || (exception is AggregateException several && several.InnerExceptions.All(IsTimeout));

    /// <summary>
    /// Null for a bug. Of an answer only status and code are told: its text may quote the request's signature.
    /// </summary>
    public static string? Describe(Exception exception) => exception switch
    {
        AggregateException several => several.InnerExceptions.Select(Describe).LastOrDefault(reason => reason is not null),
        AuthenticationFailedException => "no token for the managed identity: is it assigned to this app, and its client id right?",
        RequestFailedException { Status: 0 } => $"not reached: {exception.GetBaseException().Message}",
        RequestFailedException { Status: 401 or 403 } answer => $"access denied ({Code(answer)}); a managed identity needs the role Storage Table Data Contributor",
        RequestFailedException answer when IsEnvironment(answer) => $"refused ({Code(answer)})",
        _ => null,
    };

    private static bool IsEnvironment(RequestFailedException answer) =>
        answer.Status is 408 or 409 or 429 or >= 500 || (answer.Status == 404 && answer.ErrorCode == TableErrorCode.TableNotFound);

    private static string Code(RequestFailedException answer) => answer.ErrorCode is { } code ? $"{answer.Status} {code}" : $"{answer.Status}";
}
