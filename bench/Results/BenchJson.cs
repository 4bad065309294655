using System.Text.Json.Serialization;

namespace MoneroCloud.Bench;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Machine))]
[JsonSerializable(typeof(IReadOnlyList<KillSample>))]
[JsonSerializable(typeof(IReadOnlyList<ColdSample>))]
[JsonSerializable(typeof(IReadOnlyList<IdleSample>))]
[JsonSerializable(typeof(IReadOnlyList<CheckBlock>))]
[JsonSerializable(typeof(IReadOnlyList<PassSample>))]
[JsonSerializable(typeof(IReadOnlyList<TickSample>))]
[JsonSerializable(typeof(IReadOnlyList<HandlerSample>))]
[JsonSerializable(typeof(IReadOnlyList<EventSample>))]
[JsonSerializable(typeof(IReadOnlyList<ScaleSample>))]
[JsonSerializable(typeof(IReadOnlyList<PageSample>))]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(PhpAnswer))]
internal sealed partial class BenchJson : JsonSerializerContext;
