using CsCheck;
using MoneroCloud.Core;
using Xunit;
using static MoneroCloud.Core.Certainty;
using static MoneroCloud.Core.HealthState;

namespace MoneroCloud.Tests;

/// <summary>What somebody else runs gets the same diagnosis as an own node, and never a remedy that touches it but by its unit.</summary>
public sealed class WatchedRemediesTests
{
    private const int Samples = 5_000;

    [Fact]
    public void A_watched_node_without_a_unit_is_never_touched() => AnyEvidence.Node.Sample(evidence => IsLeftAlone(Watched(evidence, restartable: false)), iter: Samples, threads: 1);

    [Fact]
    public void One_with_a_unit_is_at_most_restarted_by_it() => AnyEvidence.Node.Sample(
        evidence => Watched(evidence, restartable: true).Diagnosed().Remedy is not (Remedy.Continue or Remedy.OpenWallet), iter: Samples, threads: 1);

    [Fact]
    public void An_own_node_is_touched_so_that_the_properties_above_mean_something() =>
        Assert.Throws<CsCheckException>(() => AnyEvidence.Node.Sample(IsLeftAlone, iter: Samples, threads: 1));

    [Fact]
    public void The_condition_is_that_of_an_own_node() => AnyEvidence.Node.Sample(
        evidence =>
        {
            var (own, watched) = (evidence.Diagnosed(), Watched(evidence, restartable: false).Diagnosed());
            return (own.Condition, own.State, own.Certainty, own.Worked) == (watched.Condition, watched.State, watched.Certainty, watched.Worked);
        },
        iter: Samples,
        threads: 1);

    [Theory]
    [InlineData(false, 3, Remedy.Alert)]
    [InlineData(false, 11, Remedy.Alert)]
    [InlineData(true, 3, Remedy.Wait)]
    [InlineData(true, 10, Remedy.Wait)]
    [InlineData(true, 11, Remedy.Restart)]
    public void A_frozen_one_is_not_continued(bool restartable, int seconds, Remedy remedy) =>
        (Given.Wallet with
        {
            Manage = NodeManage.Watch,
            Restartable = restartable,
            Process = Given.Alive(TimeSpan.FromHours(1), ProcessRunState.Stopped) with { StoppedFor = TimeSpan.FromSeconds(seconds) },
        }).Diagnosed().MustBe(
            Condition.Stopped, Down, Certain, remedy,
            $"the process has been stopped (state T) for {seconds} s; it is only watched, so the agent sends it no signal: kill -CONT {Given.Alive(TimeSpan.Zero, ProcessRunState.Stopped).Identity.Pid} continues it");

    [Fact]
    public void One_that_ended_is_its_supervisors_to_restart() =>
        Watched(Given.Wallet with { Process = new ProcessSighting.Gone(new ProcessExit.Killed(9), ExitCause.Unknown) }, restartable: false).Diagnosed().MustBe(
            Condition.Exited, Down, Certain, Remedy.Alert,
            "the process exited (signal 9), and no other is found; it is only watched: its own supervisor must restart it");

    [Fact]
    public void One_that_was_never_seen_says_where_it_was_looked_for() =>
        Watched(Given.Wallet with { Process = new ProcessSighting.Gone(new ProcessExit.NeverStarted("nobody listens on port 18210"), ExitCause.Unknown) }, restartable: true).Diagnosed().MustBe(
            Condition.Exited, Down, Certain, Remedy.Restart, "no process of it is found: nobody listens on port 18210");

    [Fact]
    public void Whatever_a_row_finds_a_watched_process_is_sent_no_signal()
    {
        var watched = new Case(Watched(Given.Wallet, restartable: true), DiagnosisPolicy.Default);

        Assert.Equal(new Finding(Remedy.Alert, $"stopped; {WatchedRemedies.NeverSignalled}"), WatchedRemedies.Fit(watched, new Finding(Remedy.Continue, "stopped")));
        Assert.Equal(Remedy.Continue, WatchedRemedies.Fit(new Case(Given.Wallet, DiagnosisPolicy.Default), new Finding(Remedy.Continue, "stopped")).Remedy);
    }

    private static bool IsLeftAlone(NodeEvidence evidence) => evidence.Diagnosed().Remedy is not (Remedy.Restart or Remedy.Continue or Remedy.OpenWallet);

    private static NodeEvidence Watched(NodeEvidence evidence, bool restartable) => evidence with { Manage = NodeManage.Watch, Restartable = restartable };
}
