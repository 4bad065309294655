namespace MoneroCloud.EndToEnd.Tests;

/// <summary>What became of all alerts of some monitors that were killed again and again.</summary>
/// <param name="Kills">Lives that ended by kill -9.</param>
/// <param name="Alerts">Different alerts that there had to be, over both channels together.</param>
/// <param name="Lost">Of them, those that no receiver took and no fallback got.</param>
/// <param name="Messages">Different messages that receivers took.</param>
/// <param name="Repeats">Messages that they took once more, under the same key.</param>
/// <param name="Unanswered">Messages that were taken and whose sender never heard so: each may come again without any death.</param>
/// <param name="Renamed">Alerts that came in two messages of different keys, which no receiver could tell from news.</param>
/// <param name="Faults">Refusals, throttlings, resets and silence that the receivers had in store.</param>
internal sealed record AlertDeathTally(int Kills, int Alerts, int Lost, int Messages, int Repeats, int Unanswered, int Renamed, int Faults)
{
    public static AlertDeathTally operator +(AlertDeathTally a, AlertDeathTally b) => new(
        a.Kills + b.Kills, a.Alerts + b.Alerts, a.Lost + b.Lost, a.Messages + b.Messages, a.Repeats + b.Repeats, a.Unanswered + b.Unanswered, a.Renamed + b.Renamed, a.Faults + b.Faults);

    public override string ToString() =>
        $"{Kills} kills; {Alerts} alerts, {Lost} lost; {Messages} messages, {Repeats} of them once more ({Unanswered} were taken and never answered), {Renamed} alerts under two keys; {Faults} faults of receivers";
}
