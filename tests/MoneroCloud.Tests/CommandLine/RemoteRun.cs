using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>One run of the command line against a monitor that answers as a test says, and what it was asked.</summary>
internal sealed record RemoteRun(int Exit, string Output, string Error, string[] Asked)
{
    public static async Task<RemoteRun> OfAsync(string[] arguments, params string[] answers)
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(answers));
        var run = await CommandRun.OfAsync(peer.Address, arguments);
        return new RemoteRun(run.Exit, run.Output, run.Error, [.. peer.Requests.Select(request => request.Head[..request.Head.IndexOf(" HTTP/", StringComparison.Ordinal)])]);
    }
}
