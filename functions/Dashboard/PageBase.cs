using Microsoft.AspNetCore.Components;

namespace MoneroCloud.Functions;

/// <summary>A page that is rendered to a text on the server; it never comes to life in the browser.</summary>
public abstract class PageBase<T> : ComponentBase
    where T : class
{
    [Parameter]
    public required T Model { get; set; }

    [Parameter]
    public required PageFrame Frame { get; set; }
}
