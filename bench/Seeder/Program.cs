using System.Globalization;
using MoneroCloud.Bench.Seeder;

// MoneroCloud.Bench.Seeder sqlite FILE | table CONNECTION-VARIABLE  NODES DAYS PAST-OF: fills an empty store with a fleet as it is after some weeks.
if (args is not [("sqlite" or "table") and var kind, var place, var nodes, var days, var pastOf])
{
    Console.Error.WriteLine("usage: MoneroCloud.Bench.Seeder sqlite FILE | table VARIABLE  NODES DAYS PAST-OF");
    return 2;
}

var now = TimeProvider.System.GetUtcNow();
var fleet = new SeededFleet(Number(nodes), Number(days), Number(pastOf), now);
await using IRowSink sink = kind == "sqlite" ? await SqliteSink.OpenAsync(place) : await TableSink.OpenAsync(Environment.GetEnvironmentVariable(place) ?? throw new ArgumentException($"{place} is not set"));
await sink.PutAsync(fleet.Rows());
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sink.Rows} rows, {sink.Characters} characters"));
return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
