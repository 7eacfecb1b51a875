using System.Collections.Immutable;
using CustomerService.AgentConsole.Replies;

namespace CustomerService.AgentConsole.Conversations;

// Several acts as one.
public sealed partial class Composer
{
    private Macro? _macro;
    private ImmutableArray<MacroReport> _reports = [];
    private ImmutableArray<string> _unknown = [];

    private async Task PrepareAsync(Macro macro, Completion completion)
    {
        await ReplaceAsync(completion, "");
        var run = new MacroRun(Library.Current, Desk(), Time, W);
        var values = await ValuesAsync();
        (_macro, _unknown, _reports) = (macro, run.Missing(macro, values, CustomerLanguage), run.Planned(macro, values, CustomerLanguage));
    }

    private async Task RunAsync()
    {
        if (_macro is not { } macro || _sending)
            return;
        _sending = true;
        try
        {
            await new MacroRun(Library.Current, Desk(), Time, W).RunAsync(macro, await ValuesAsync(), CustomerLanguage, reports => InvokeAsync(() =>
            {
                _reports = reports;
                StateHasChanged();
            }));
        }
        finally
        {
            _sending = false;
        }
    }

    private MacroDesk Desk() => new(Sending, Conversations, Door, Session, Time, Me, Id, Held, Newest);
}
