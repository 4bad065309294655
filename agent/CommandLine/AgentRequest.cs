namespace MoneroCloud.Agent;

/// <summary>One request to the running agent, with its replies printed as lines.</summary>
internal static class AgentRequest
{
    /// <param name="config">The configuration file; null is the usual one.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellation">Ends the listening.</param>
    /// <param name="lines">What is printed of a reply; null is <see cref="ReplyText.Lines"/>. A refusal goes to the error output in any case.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string? config, ControlRequest request, CancellationToken cancellation, Func<ControlReply, IEnumerable<string>>? lines = null)
    {
        var exit = await ConfigLocation.Client(config).AskAsync(request, reply => Print(reply, lines ?? ReplyText.Lines), cancellation);
        if (exit is null)
        {
            await Console.Error.WriteLineAsync($"monerocloud: no agent runs for {ConfigLocation.Of(config)}; start it with 'monerocloud agent'");
            return 1;
        }

        return exit.Value;
    }

    private static void Print(ControlReply reply, Func<ControlReply, IEnumerable<string>> lines)
    {
        if (reply is ControlReply.Refused refused)
        {
            Console.Error.WriteLine($"monerocloud: {refused.Message}");
            return;
        }

        foreach (var line in lines(reply))
        {
            Console.WriteLine(line);
        }
    }
}
