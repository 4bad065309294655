namespace MoneroCloud.Bench;

/// <summary>When each of many children answers, in turns over those that have not answered yet.</summary>
internal static class AnswerTimes
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    /// <param name="ports">Of the children.</param>
    /// <param name="began">The timestamp from which it is counted.</param>
    /// <param name="patience">What has not answered by then never does.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Seconds, in the order of the answers; infinite for those that never came.</returns>
    public static async Task<IReadOnlyList<double>> FromAsync(IEnumerable<int> ports, long began, TimeSpan patience, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var waiting = ports.ToList();
        var seconds = new List<double>();
        while (waiting.Count > 0 && clock.GetElapsedTime(began) < patience)
        {
            foreach (var port in waiting.ToArray())
            {
                if (RpcProbe.Answers(port, TimeSpan.FromSeconds(1)))
                {
                    seconds.Add(Math.Round(clock.GetElapsedTime(began).TotalSeconds, 3));
                    waiting.Remove(port);
                }
            }

            await Task.Delay(Turn, clock, cancellation);
        }

        return [.. seconds, .. waiting.Select(_ => double.PositiveInfinity)];
    }
}
