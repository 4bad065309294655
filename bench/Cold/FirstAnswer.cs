namespace MoneroCloud.Bench;

/// <summary>Asks a port again and again until it answers.</summary>
internal static class FirstAnswer
{
    private const int AskMicroseconds = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Milliseconds from a timestamp to the first answer; asks every 2 ms.</summary>
    public static Task<double> AfterAsync(long began, int port, CancellationToken cancellation) =>
        Task.Run(
            () =>
            {
                while (!RpcProbe.Answers(port, Patience))
                {
                    cancellation.ThrowIfCancellationRequested();
                    Libc.SleepMicroseconds(AskMicroseconds);
                    if (TimeProvider.System.GetElapsedTime(began) > Patience)
                    {
                        return double.PositiveInfinity;
                    }
                }

                return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
            },
            cancellation);
}
