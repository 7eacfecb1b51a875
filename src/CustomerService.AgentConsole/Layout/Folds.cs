using Microsoft.JSInterop;

namespace CustomerService.AgentConsole.Layout;

/// <summary>Which parts of pages somebody keeps open, remembered by their browser.</summary>
internal sealed class Folds(IJSRuntime browser)
{
    private Task<Dictionary<string, bool>>? _known;

    /// <param name="usual">Where nothing is remembered.</param>
    public async ValueTask<bool> IsOpenAsync(string name, bool usual) => (await KnownAsync()).GetValueOrDefault(name, usual);

    public async ValueTask SetAsync(string name, bool open)
    {
        (await KnownAsync())[name] = open;
        await browser.InvokeVoidAsync("customerServiceConsole.fold", name, open);
    }

    private Task<Dictionary<string, bool>> KnownAsync() => _known ??= browser.InvokeAsync<Dictionary<string, bool>>("customerServiceConsole.folds").AsTask();
}
