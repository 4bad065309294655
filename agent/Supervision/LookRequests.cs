namespace MoneroCloud.Agent;

/// <summary>What a look at one node is to see, made of what its loop has published; so on any thread.</summary>
internal sealed class LookRequests(NodeContext context, NodeHealth health, INodeMachine machine, ViewBoard board)
{
    /// <summary>A look does not run after lives for ever that come and go.</summary>
    private const int MostTries = 3;

    /// <summary>With a life that was found only now, where it is one that the loop has taken.</summary>
    public async Task<LookRequest> FindAsync(bool askApi, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var view = board.Current;
            var request = Of(view, askApi);
            var ready = await machine.PrepareAsync(request, cancellation);
            if (ready is not null || tries == MostTries)
            {
                return ready ?? request;
            }

            await board.WhenAsync(v => v.Version > view.Version, cancellation);
        }
    }

    public LookRequest Of(NodeSnapshot view, bool askApi) => new()
    {
        Blank = health.NewEvidence(view.Config, context.Clock.Wall) with { Desired = view.Desired, OpenFailed = view.WalletFailure },
        Config = view.Config,
        Process = view.Process,
        Gone = health.LastGone,
        AskApi = askApi,
        Deadline = CheckPace.Deadline(health.Health, context.Config().Checks),
        Starting = view.Phase is ProcessPhase.Starting,
    };
}
