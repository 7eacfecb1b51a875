using System.Collections.Immutable;
using System.Security.Cryptography;
using CustomerService.AgentConsole.Replies;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using Microsoft.JSInterop;

namespace CustomerService.AgentConsole.Conversations;

// What goes out of the field, and what came into it as a suggestion.
public sealed partial class Composer
{
    private async Task TakeAsync(SuggestionBox.ShownSuggestion suggestion)
    {
        (_taken, _suggesting) = (suggestion, false);
        if (_script is not null)
            await _script.InvokeVoidAsync("replace", _area, 0, _text.Length, suggestion.Text);
    }

    private async Task LeaveAsync(SuggestionBox.ShownSuggestion suggestion)
    {
        _suggesting = false;
        await Acting.DoAsync(Me, Grain.Conversation(Id), new NoteSuggestionLeft(Me.Member.Id, UseOf(suggestion, new SuggestionUse(suggestion.Id, SuggestionOutcomes.Rejected, "none"))));
    }

    private static SuggestionUse UseOf(SuggestionBox.ShownSuggestion suggestion, SuggestionUse use) => use with { Confidence = suggestion.Confidence, Sources = suggestion.Sources };

    private async Task SendAsync()
    {
        if (Missing is [var first, ..])
            await MarkAsync(first);
        if (!CanSend)
            return;
        _sending = true;
        try
        {
            if (await Acting.TryAsync(Me, _note ? NoteAsync : ReplyAsync) && _findings.IsEmpty && _unseen is null)
                Clear();
        }
        finally
        {
            _sending = false;
        }
    }

    private async Task NoteAsync() => await Door.DoAsync(Me.Member, Grain.Conversation(Id), await Conversations.NoteAsync(Me.Member.Id, _text.Trim()) with { Id = NewId() });

    private async Task ReplyAsync()
    {
        var seen = _unseen is { } told ? Math.Max(_seen, told.Sequence) : _seen;
        var anyway = _findings.IsEmpty || string.IsNullOrWhiteSpace(_anyway) ? null : _anyway.Trim();
        var text = _text.Trim();
        // The same id until it went out: a second attempt after a fault is the same message.
        var reply = new SendAgentReply(Me.Member.Id, _messageId ??= NewId(), text)
        {
            Attachments = await Conversations.TakeFilesAsync(_files?.Tickets ?? []),
            Suggestion = (_taken ?? (_suggesting ? _box?.Whole : null)) is { } suggestion ? UseOf(suggestion, SuggestionOutcome.Of(suggestion.Id, suggestion.Text, text)) : null,
        };
        switch (await Sending.SendAsync(reply, seen, anyway))
        {
            case SendOutcome.Unseen unseen:
                _unseen = unseen.Message;
                break;
            case SendOutcome.Held held:
                (_findings, _unseen) = (held.Findings, null);
                break;
            default:
                (_findings, _unseen) = ([], null);
                break;
        }
    }

    private async Task PreviewAsync() => await Acting.TryAsync(Me, async () =>
    {
        await Door.RequireAsync(Me.Member, Permission.WorkConversations, "translation");
        _preview = await Conversations.TranslateAsync(Id, Me.Member.Id, _text, W.Language);
    });

    private void Clear()
    {
        (_text, _anyway, _messageId, _unseen, _taken, _suggesting, _preview, _told) = ("", "", null, null, null, false, null, null);
        _files?.Clear();
        _drafts?.Keep("", isNote: false);
        (_meantAsNote, _note) = (false, !CanReply);
    }

    private static string NewId() => $"console-{RandomNumberGenerator.GetHexString(24, lowercase: true)}";
}
