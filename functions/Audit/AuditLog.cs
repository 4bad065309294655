using System.Security.Cryptography;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Who did what. The line is written before the deed and gets its result after it: nothing is done that is not written, what was refused is written too,
/// and a line without a result says that nobody saw the end.
/// </summary>
internal sealed partial class AuditLog(Monitor monitor)
{
    private const int LongestText = 600;

    private readonly ILogger _log = monitor.Logs.CreateLogger<AuditLog>();

    /// <param name="result">Of the deed, in words.</param>
    /// <exception cref="StorageUnavailableException">Of the line: then nothing was done. Of the deed: as it has it.</exception>
    public async Task<T> DoAsync<T>(AuditIntent intent, Func<Task<T>> deed, Func<T, string> result, CancellationToken cancellation)
    {
        var row = await BeginAsync(intent, cancellation);
        try
        {
            var done = await deed();
            await EndAsync(row, result(done));
            return done;
        }
        catch (StorageUnavailableException)
        {
            await EndAsync(row, "not known: the storage was away in the middle of it");
            throw;
        }
    }

    /// <summary>What is over when it is told, as a sign-in. It changes nothing, so it is not held up where the line cannot be written: then that is logged.</summary>
    public Task WriteAsync(AuditIntent intent, string result)
    {
        var view = View(intent) with { Result = result };
        return TryAsync(Keys.Audit(intent.Subject, view.At, Random()), view);
    }

    /// <summary>Several of the same minute as one line; written anew as they become more.</summary>
    public Task CountAsync(DateTimeOffset minute, string door, string deed, string result, int count)
    {
        var view = new AuditView { At = minute, By = "", Door = door, Deed = deed, Subject = NodeId.Monitor, Result = result, Count = count };
        return TryAsync(Keys.Audit(NodeId.Monitor, minute, $"n-{monitor.Instance[..8]}"), view);
    }

    private async Task<(RowKey Key, AuditView View)> BeginAsync(AuditIntent intent, CancellationToken cancellation)
    {
        var view = View(intent);
        var key = Keys.Audit(intent.Subject, view.At, Random());
        await CommitAsync(key, view, cancellation);
        return (key, view);
    }

    private Task EndAsync((RowKey Key, AuditView View) row, string result) => TryAsync(row.Key, row.View with { Result = Cut(result) });

    /// <summary>Also when the client has gone.</summary>
    private async Task TryAsync(RowKey key, AuditView view)
    {
        try
        {
            await CommitAsync(key, view, CancellationToken.None);
        }
        catch (StorageUnavailableException e)
        {
            Log.NoResult(_log, view.Deed, view.Subject, view.By, e.Message);
        }
    }

    private Task<CommitResult> CommitAsync(RowKey key, AuditView view, CancellationToken cancellation) =>
        monitor.Table.CommitAsync([new RowChange.Put(new Row { Key = key, Doc = JsonSerializer.Serialize(view, MonitorJson.Default.AuditView) })], cancellation);

    private AuditView View(AuditIntent intent) => new()
    {
        At = monitor.Now,
        By = intent.By,
        Key = intent.Caller.Key,
        From = intent.Caller.Address.ToString(),
        Door = intent.Caller.Door,
        Deed = intent.Deed,
        Subject = intent.Subject,
        Details = intent.Details is { } details ? Cut(details) : null,
    };

    private static string Cut(string text) => text.Length <= LongestText ? text : $"{text[..(LongestText - 3)]}...";

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "how {Deed} of {Subject} by {Who} ended could not be written: {Why}")]
        public static partial void NoResult(ILogger log, string deed, string subject, string who, string why);
    }
}
