namespace MoneroCloud.Bench;

/// <summary>One full check of all wallets, some of them hung.</summary>
internal sealed record PassSample(string Who, int Hung, double Milliseconds);
