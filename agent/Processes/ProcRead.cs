namespace MoneroCloud.Agent;

/// <summary>What became of reading one file of a process.</summary>
internal abstract record ProcRead<T>
{
    private ProcRead()
    {
    }

    internal sealed record Got(T Value) : ProcRead<T>;

    /// <summary>The process has no such file any more: it is gone (or hidden from us: only a pidfd tells).</summary>
    internal sealed record Gone : ProcRead<T>;

    /// <param name="File">The file, and the error in words where it is another than a plain refusal.</param>
    internal sealed record NotPermitted(string File) : ProcRead<T>;

    internal static ProcRead<T> Failed(int pid, string file, Errno error) =>
        error == Errno.NoEntry || error == Errno.NoProcess ? new Gone()
        : error.IsRefusal ? new NotPermitted($"/proc/{pid}/{file}")
        : new NotPermitted($"/proc/{pid}/{file}: {error}");
}
