using System.Globalization;
using MoneroCloud.Bench.Prober;

// MoneroCloud.Bench.Prober FIRST-PORT COUNT CONCURRENCY: each line on standard input is a tick over those ports of 127.0.0.1.
if (args is not [var first, var count, var concurrency])
{
    Console.Error.WriteLine("usage: MoneroCloud.Bench.Prober FIRST-PORT COUNT CONCURRENCY");
    return 2;
}

using var ticks = new BareTicks(Number(first), Number(count), Number(concurrency));
Console.WriteLine("ready");
while (await Console.In.ReadLineAsync() is not null)
{
    Console.WriteLine(await ticks.RunAsync());
}

return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
