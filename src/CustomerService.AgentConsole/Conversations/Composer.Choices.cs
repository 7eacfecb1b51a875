using System.Collections.Immutable;
using CustomerService.AgentConsole.Replies;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Customers;
using Microsoft.JSInterop;
using Radzen;

namespace CustomerService.AgentConsole.Conversations;

// What is offered while somebody types: canned replies, macros, colleagues; and articles.
public sealed partial class Composer
{
    private Completion? _completion;
    private int _chosen;
    private ImmutableArray<CompletionList.Choice> _choices = [];
    private ImmutableArray<LibraryEntry> _offered = [];
    private ImmutableArray<Mentionable>? _colleagues;

    private async Task OfferAsync()
    {
        var kind = _note ? CompletionKind.Mention : CompletionKind.Reply;
        _completion = _script is not null && _text.Contains(_note ? '@' : '/', StringComparison.Ordinal)
            ? Completion.At(_text, await _script.InvokeAsync<int>("caret", _area), kind)
            : null;
        _choices = _completion switch
        {
            { Kind: CompletionKind.Reply } reply => RepliesFor(reply.Typed),
            { Kind: CompletionKind.Mention } mention => await ColleaguesAsync(mention.Typed),
            _ => [],
        };
        _chosen = 0;
    }

    private ImmutableArray<CompletionList.Choice> RepliesFor(string typed)
    {
        const int most = 12;
        _offered = [.. Library.Current.Find(typed, Page.Internal?.Queue, W.Language).Take(most)];
        return [.. _offered.Select(entry => new CompletionList.Choice(
            "/", entry.Shortcut, entry.Title.In(W.Language, LocalText.Any).Text, (entry as CannedReply)?.Text.In(CustomerLanguage, LocalText.Any, W.Language).Text, entry is Macro ? $"⚡ {W["macro.label"]}" : null))];
    }

    private async Task<ImmutableArray<CompletionList.Choice>> ColleaguesAsync(string typed)
    {
        const int most = 8;
        await Door.RequireAsync(Me.Member, Permission.WorkConversations, "colleagues");
        var all = _colleagues ??= await Conversations.MentionableAsync();
        return [.. all.Where(person => person.Id != Me.Member.Id && (person.Id.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || person.Name.Contains(typed, StringComparison.CurrentCultureIgnoreCase)))
            .Take(most).Select(person => new CompletionList.Choice("@", person.Id, person.Name))];
    }

    private async Task CompleteAsync(int at)
    {
        if (_completion is not { } completion || at >= _choices.Length || _script is null)
            return;
        var choice = _choices[at];
        _choices = [];
        if (completion.Kind == CompletionKind.Mention)
            await ReplaceAsync(completion, $"@{choice.Key} ");
        else if (_offered[at] is Macro macro)
            await PrepareAsync(macro, completion);
        else if (_offered[at] is CannedReply reply)
        {
            var (text, language) = reply.Text.In(CustomerLanguage, LocalText.Any, W.Language);
            var filled = ReplyVariables.Fill(text, await ValuesAsync());
            await ReplaceAsync(completion, filled);
            _told = language != LocalText.Any && language != CustomerLanguage && CustomerLanguage is { } wanted ? W["composer.other_language", wanted, language] : null;
            if (ReplyVariables.Missing(filled) is [var first, ..])
                await MarkAsync(first);
        }
    }

    private async Task ReplaceAsync(Completion completion, string text) =>
        await _script!.InvokeVoidAsync("complete", _area, completion.From, text);

    private async Task MarkAsync(string name)
    {
        if (_script is not null)
            await _script.InvokeVoidAsync("mark", _area, ReplyVariables.Mark(name));
    }

    private async Task OpenRepliesAsync()
    {
        if (_script is null)
            return;
        var caret = await _script.InvokeAsync<int>("caret", _area);
        var apart = caret == 0 || caret > _text.Length || char.IsWhiteSpace(_text[caret - 1]);
        await _script.InvokeVoidAsync("replace", _area, caret, caret, apart ? "/" : " /");
    }

    private async Task<IReadOnlyDictionary<string, string?>> ValuesAsync()
    {
        var customer = await Door.ReadAsync<CustomerView>(Me.Member, Grain.Customer(Page.Internal!.CustomerId), new GetCustomer());
        return ReplyValues.Of(Page, customer.Profile, Me, (IOrderNumbers?)Services.GetService(typeof(IOrderNumbers)));
    }

    /// <summary>Looks for an article, and inserts what was chosen of it.</summary>
    [JSInvokable]
    public async Task SearchAsync()
    {
        var question = new ArticleQuestion(
            ReplySending.NewestOfCustomer(Page)?.Text ?? "", CustomerLanguage ?? W.Language, Page.Internal?.LastSignals?.Intent, Page.Internal?.Handoff?.Tier);
        var parameters = new Dictionary<string, object?> { [nameof(ArticleSearch.Me)] = Me, [nameof(ArticleSearch.Question)] = question, [nameof(ArticleSearch.CanInsert)] = !_note };
        var passage = await Dialogs.OpenAsync<ArticleSearch>(W["composer.articles"], parameters, new DialogOptions { Width = "min(46rem, 96vw)", CloseDialogOnOverlayClick = true }) as string;
        if (passage is null || _script is null)
            return;
        var caret = await _script.InvokeAsync<int>("caret", _area);
        await _script.InvokeVoidAsync("replace", _area, caret, caret, passage);
    }
}
