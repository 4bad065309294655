using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A mistake in the order of things, planted between the monitor and its edges.</summary>
internal delegate (ITable Table, INotifier Notifier) PlantedDefect(ITable table, IBusSender bus, INotifier notifier);
