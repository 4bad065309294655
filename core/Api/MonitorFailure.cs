namespace MoneroCloud.Core;

/// <summary>Why no answer of a monitor came, in words.</summary>
internal static class MonitorFailure
{
    public static string Of(Exception failure, TimeSpan elapsed) => RpcFailure.Of(failure, elapsed) switch
    {
        ApiAnswer.Refused => "refuses the connection: nothing listens there",
        ApiAnswer.Reset => "closed the connection without an answer",
        ApiAnswer.TimedOut late => Late(late.After),
        ApiAnswer.TlsFailed tls => $"failed in TLS: {ShownText.Printable(tls.Reason)}",
        ApiAnswer.Unreachable unreachable => $"cannot be reached ({unreachable.Reason})",
        ApiAnswer.NotJsonRpc other => $"does not speak HTTP as a monitor does ({other.What})",
        ApiAnswer.OwnFailure own => $"could not be asked from here ({own.Reason})",
        _ => "did not answer",
    };

    public static string Late(TimeSpan deadline) =>
        $"did not answer within {(deadline < TimeSpan.FromSeconds(2) ? Words.Milliseconds(deadline) : Words.Duration(deadline))}";
}
