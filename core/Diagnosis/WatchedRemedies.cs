namespace MoneroCloud.Core;

/// <summary>
/// What helps a process that the agent only watches: it is never signalled, its wallet is never opened for it, and it is restarted only by its
/// unit, where that is named. What cannot be done becomes an alert that says who must do it.
/// </summary>
internal static class WatchedRemedies
{
    public const string NeverSignalled = "it is only watched, so the agent sends it no signal";

    public const string SupervisorRestarts = "it is only watched: its own supervisor must restart it";

    public static Finding Fit(Case subject, Finding finding) => finding.Remedy switch
    {
        _ when !subject.IsWatched => finding,
        Remedy.Restart when !subject.Evidence.Restartable => new(Remedy.Alert, $"{finding.Explanation}; {SupervisorRestarts}"),
        Remedy.Continue => new(Remedy.Alert, $"{finding.Explanation}; {NeverSignalled}"),
        Remedy.OpenWallet => new(Remedy.Alert, $"{finding.Explanation}; it is only watched: whoever runs it must open its wallet"),
        _ => finding,
    };
}
