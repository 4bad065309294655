namespace MoneroCloud.Functions;

/// <summary>Tells of rows that are passed over, since one of them must not hide the others.</summary>
internal static partial class UnreadableRows
{
    public static Action<UnreadableRowException> To(ILogger log) => e => Tell(log, e.Message);

    [LoggerMessage(Level = LogLevel.Error, Message = "passed over: {Reason}")]
    private static partial void Tell(ILogger log, string reason);
}
