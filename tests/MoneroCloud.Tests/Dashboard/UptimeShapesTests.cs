using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests.Dashboard;

/// <summary>Uptime as rectangles: nothing that was is left out, and what is alike is one.</summary>
public sealed class UptimeShapesTests
{
    [Fact]
    public void Parts_that_are_wholly_of_one_state_are_one_rectangle()
    {
        var shapes = UptimeShapes.Of([Part(up: 60), Part(up: 60), Part(unknown: 60), Part(up: 60)]).ToList();

        Assert.Equal([("up", 0.0, 20.0), ("unknown", 20.0, 10.0), ("up", 30.0, 10.0)], shapes.Select(s => (s.Class, s.X, s.Width)));
        Assert.All(shapes, s => Assert.Equal((0.0, 40.0), (s.Y, s.Height)));
    }

    [Fact]
    public void A_failure_is_seen_however_short_and_a_column_is_never_higher_than_it_may_be()
    {
        var shapes = UptimeShapes.Of([Part(up: 59.9, down: 0.1), Part(up: 20, degraded: 10, down: 10, unknown: 10, disabled: 10)]).ToList();

        Assert.Equal(10.0, shapes.First(s => s.Class == "down").Height);
        Assert.Equal(["down", "up", "down", "degraded", "up", "unknown", "disabled"], shapes.Select(s => s.Class));
        foreach (var column in shapes.GroupBy(s => s.X))
        {
            Assert.InRange(column.Sum(s => s.Height), 39.9, 40.1);
            Assert.All(column, s => Assert.InRange(s.Y, 0, UptimeShapes.Height));
        }
    }

    [Theory]
    [InlineData(null, "not known")]
    [InlineData(1.0, "100 %")]
    [InlineData(0.9999999, "99.999 %")]
    [InlineData(0.5, "50 %")]
    [InlineData(0.0, "0 %")]
    public void A_share_is_never_rounded_up_to_all(double? share, string text) => Assert.Equal(text, UptimeShapes.Percent(share));

    private static UptimeView Part(double up = 0, double degraded = 0, double down = 0, double unknown = 0, double disabled = 0) => new()
    {
        From = ApiSetup.Noon,
        To = ApiSetup.Noon.AddSeconds(60),
        UpSeconds = up,
        DegradedSeconds = degraded,
        DownSeconds = down,
        UnknownSeconds = unknown,
        DisabledSeconds = disabled,
    };
}
