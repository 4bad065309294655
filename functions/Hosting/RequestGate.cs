namespace MoneroCloud.Functions;

/// <summary>
/// The first to see a request: a trigger's call, a client's route, or nothing. Every answer of an error is a JSON object, and an exception of an
/// endpoint is logged here, once.
/// </summary>
/// <param name="triggers">Null standalone: the listener then has no trigger endpoint at all.</param>
internal sealed partial class RequestGate(TriggerGate? triggers, ILogger log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            if (triggers?.Match(context) is { } name)
            {
                await triggers.InvokeAsync(context, name);
            }
            else if (HttpRoutes.Contain(TriggerGate.RawTarget(context), context.Request.Path))
            {
                await next(context);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        }
        catch (BadHttpRequestException bad)
        {
            Restart(context, bad.StatusCode);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // Nobody is there to be answered.
        }
        catch (Exception e)
        {
            Log.Threw(log, e, context.Request.Method, context.Request.Path.Value ?? "");
            Restart(context, StatusCodes.Status500InternalServerError);
        }

        await FillAsync(context);
    }

    private static void Restart(HttpContext context, int status)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = status;
        }
        else
        {
            context.Abort(); // Half an answer must not look like a whole one.
        }
    }

    private static async Task FillAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.HasStarted || response.StatusCode < StatusCodes.Status400BadRequest || response.ContentType is not null)
        {
            return;
        }

        response.ContentType = ProblemJson.ContentType;
        var body = ProblemJson.Text(response.StatusCode, Title(response.StatusCode), $"{context.Request.Method}: see the status");
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static string Title(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing here",
        StatusCodes.Status405MethodNotAllowed => "The method is not allowed here",
        StatusCodes.Status413PayloadTooLarge => "The request is too large",
        StatusCodes.Status500InternalServerError => "An error of this program; its log says which",
        _ => "The request was not accepted",
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} threw")]
        public static partial void Threw(ILogger log, Exception error, string method, string path);
    }
}
