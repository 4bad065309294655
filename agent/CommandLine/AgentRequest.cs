namespace MoneroCloud.Agent;

/// <summary>One request to the running agent, with its replies printed as lines.</summary>
internal static class AgentRequest
{
    public static async Task<int> RunAsync(string? config, ControlRequest request, CancellationToken cancellation, Func<EventEntry, string>? format = null)
    {
        var exit = await ConfigLocation.Client(config).AskAsync(request, reply => Print(reply, format ?? EventText.Of), cancellation);
        if (exit is null)
        {
            await Console.Error.WriteLineAsync($"monerocloud: no agent runs for {ConfigLocation.Of(config)}; start it with 'monerocloud agent'");
            return 1;
        }

        return exit.Value;
    }

    private static void Print(ControlReply reply, Func<EventEntry, string> format)
    {
        switch (reply)
        {
            case ControlReply.TextLine text:
                Console.WriteLine(text.Text);
                break;
            case ControlReply.EventLine line:
                Console.WriteLine(format(line.Entry));
                break;
            case ControlReply.Refused refused:
                Console.Error.WriteLine($"monerocloud: {refused.Message}");
                break;
        }
    }
}
