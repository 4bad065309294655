using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>POST /api/agents</c>: an agent becomes known by its public key, and gets what it needs to speak with the monitor.</summary>
internal sealed partial class EnrolmentEndpoints(ApiParts parts)
{
    private const int MaxRaces = 5;

    /// <summary>Longer than what an agent has sent lies anywhere.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<EnrolmentEndpoints>();

    public void Map(ApiRoutes routes) => routes.Post("/api/agents", ApiRole.Operator, EnrolAsync);

    private async Task<ApiResponse> EnrolAsync(HttpContext context)
    {
        if (new ApiQuery(context.Request).Error is { } error)
        {
            return error;
        }

        var (request, refusal) = await JsonBody.ReadAsync(context.Request, ApiJson.Default.EnrolRequest, context.RequestAborted);
        if (refusal is not null || request is null)
        {
            return refusal!;
        }

        if (parts.PublicUrl is null && !context.Request.Host.HasValue)
        {
            return ApiResponse.Problem(StatusCodes.Status400BadRequest, "there is no Host header, from which the agent would learn where the monitor is");
        }

        if (request is { Overlap: true, Replace: false })
        {
            return ApiResponse.Problem(StatusCodes.Status400BadRequest, "overlap is true: it goes with replace true");
        }

        if (!TryRead(request, out var name, out var key, out var fault))
        {
            return ApiResponse.Problem(StatusCodes.Status400BadRequest, fault);
        }

        var caller = ApiCaller.Of(context);
        var intent = new AuditIntent(caller, OperatorWord.Named(caller), request.Replace ? "enrol in place of another key" : "enrol", name.ToString()) { Details = $"key {key!.Thumbprint}" };
        if (await parts.Audit.DoAsync(intent, () => StoreAsync(name, key, request, caller, context.RequestAborted), Result, context.RequestAborted) is not { } status)
        {
            return ApiResponse.Problem(
                StatusCodes.Status409Conflict, $"agent {name} is enrolled with another key; replace true puts this one in its place, and the other agent is heard no more");
        }

        await parts.Agents.DeclareAsync(name);
        return ApiResponse.Json(Answer(name, context.Request), ApiJson.Default.EnrolAnswer, status) with { Location = $"/api/agents/{name}" };
    }

    private static string Result(int? status) => status switch
    {
        null => "refused: another key is enrolled",
        StatusCodes.Status200OK => "this key was enrolled already",
        _ => "enrolled",
    };

    private static bool TryRead(EnrolRequest request, out NodeName name, out VerifyingKey? key, out string fault)
    {
        (key, fault) = (null, "");
        if (!NodeName.TryParse(request.Name, out name))
        {
            fault = $"name is {ApiQuery.Short(request.Name ?? "null")}: {NodeName.Rule}";
        }
        else if (NodeId.IsReservedAgentName(request.Name))
        {
            fault = $"name is {name}: this name stands for something else, and no agent can have it";
        }
        else if (request.Key.ValueKind is not JsonValueKind.Object || !VerifyingKey.TryParse(request.Key.GetRawText(), out key, out var why))
        {
            // What was given is not repeated: it may be the private half.
            fault = request.Key.ValueKind is JsonValueKind.Object ? $"key: {Why(request.Key)}" : "key: it has to be an object, a JWK of kty, crv, x and y";
        }

        return fault.Length == 0;
    }

    private static string Why(JsonElement key) => VerifyingKey.TryParse(key.GetRawText(), out _, out var why) ? "" : why;

    /// <returns>The status of the answer; null where another key is enrolled.</returns>
    private async Task<int?> StoreAsync(NodeName name, VerifyingKey key, EnrolRequest request, ApiCaller caller, CancellationToken cancellation)
    {
        for (var races = 0; races < MaxRaces; races++)
        {
            var before = await parts.Monitor.Table.FindAsync(Keys.Agent(name), CoreJson.Default.AgentRecord, cancellation);
            var isKnown = before?.Value.Keys.FirstOrDefault() == key.ToJwk();
            if (before is not null && (isKnown || !request.Replace))
            {
                return isKnown ? StatusCodes.Status200OK : null;
            }

            if (await parts.Monitor.Table.CommitAsync([Documents.Write(Keys.Agent(name), Next(before, name, key, request.Overlap, caller), CoreJson.Default.AgentRecord)], cancellation) is CommitResult.Committed)
            {
                Log.Enrolled(_log, caller.Name, caller.Address, name, key.Thumbprint, before is null ? "" : request.Overlap ? ", in place of another key, which is taken for an hour more" : ", in place of another key");
                return StatusCodes.Status201Created;
            }
        }

        throw new StorageUnavailableException($"agent {name} is being written by others again and again");
    }

    /// <summary>With an overlap what is signed with the key before, and is still on its way, is believed.</summary>
    private Stored<AgentRecord> Next(Stored<AgentRecord>? before, NodeName name, VerifyingKey key, bool overlap, ApiCaller caller) => before is null
        ? new(new AgentRecord { Name = name, Keys = [key.ToJwk()], EnrolledAt = parts.Monitor.Now, EnrolledBy = caller.Name, PeriodSeconds = PeriodSeconds }, null)
        : before with
        {
            Value = before.Value with
            {
                Keys = overlap ? [key.ToJwk(), .. before.Value.Keys.Take(1)] : [key.ToJwk()],
                OldKeyUntil = overlap ? parts.Monitor.Now + Overlap : null,
                EnrolledAt = parts.Monitor.Now,
                EnrolledBy = caller.Name,
            },
        };

    private int PeriodSeconds => (int)parts.Monitor.Policy.ReportPeriod.TotalSeconds;

    private EnrolAnswer Answer(NodeName name, HttpRequest request) => new()
    {
        Agent = name.ToString(),
        MonitorUrl = parts.PublicUrl ?? new Uri($"{request.Scheme}://{request.Host.Value}"),
        MonitorKeys = [.. parts.Monitor.Keys.PublicJwks.Select(Element)],
        Bus = parts.Agents.ConnectionString(name),
        ReportsQueue = Names.ReportsQueue,
        CommandsQueue = Names.CommandsQueue(name.ToString()),
        PeriodSeconds = PeriodSeconds,
    };

    private static JsonElement Element(string jwk)
    {
        using var document = JsonDocument.Parse(jwk);
        return document.RootElement.Clone();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} enrolled agent {Agent} with the key {Thumbprint}{Instead}")]
        public static partial void Enrolled(ILogger log, string who, System.Net.IPAddress address, NodeName agent, string thumbprint, string instead);
    }
}
