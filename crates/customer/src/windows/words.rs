//! Every text of the windows, from Fluent.

use std::collections::HashMap;

use super::generated::Texts as Words;
use crate::texts::Texts;

/// Fills in all texts of a window.
pub(super) fn fill(words: &Words<'_>, texts: &Texts) {
    let version = HashMap::from([("version", crate::prepared::version().to_owned())]);
    words.set_language(texts.language().tag().into());
    words.set_about_text(texts.with("customer-about-text", &version).into());
    words.set_about(texts.get("customer-about").into());
    words.set_back(texts.get("customer-back").into());
    words.set_next(texts.get("customer-next").into());
    words.set_cancel(texts.get("customer-cancel").into());
    words.set_close(texts.get("customer-close").into());
    words.set_again(texts.get("customer-again").into());
    words.set_company(texts.get("customer-company").into());
    words.set_service(texts.get("customer-service").into());
    words.set_server(texts.get("customer-server").into());
    fill_pages(words, texts);
    fill_bar(words, texts);
    fill_survey(words, texts);
    fill_operator_screen(words, texts);
    fill_roles(words, texts, false);
}

/// Who it is that sees: an operator, or on an operator's own computer the customer (F-15).
pub(super) fn fill_roles(words: &Words<'_>, texts: &Texts, reversed: bool) {
    let get = |usual, reversed_key| texts.get(if reversed { reversed_key } else { usual }).into();
    words.set_operator(get("customer-operator", "customer-reversed-person"));
    words.set_waiting_title(get("customer-waiting-title", "customer-reversed-waiting-title"));
    words.set_waiting_lead(get("customer-waiting-lead", "customer-reversed-waiting-lead"));
    words.set_question_title(get("customer-question-title", "customer-reversed-question-title"));
    words.set_question_may(get("customer-question-may", "customer-reversed-question-may"));
    words.set_connecting_lead(get("customer-connecting-lead", "customer-reversed-connecting-lead"));
    words.set_rights_title(get("customer-rights-title", "customer-reversed-rights-title"));
}

fn fill_pages(words: &Words<'_>, texts: &Texts) {
    words.set_code_title(texts.get("customer-code-title").into());
    words.set_code_lead(texts.get("customer-code-lead").into());
    words.set_next_means(texts.get("customer-next-means").into());
    words.set_code(texts.get("customer-code").into());
    words.set_joining(texts.get("customer-joining").into());
    words.set_question_stop(texts.get("customer-question-stop").into());
    words.set_allow_control(texts.get("customer-allow-control").into());
    words.set_allow_recording(texts.get("customer-allow-recording").into());
    words.set_recording_needed(texts.get("customer-recording-needed").into());
    words.set_agree(texts.get("customer-agree").into());
    words.set_connect_may(texts.get("customer-connect-may").into());
    words.set_connect(texts.get("customer-connect").into());
    words.set_decline(texts.get("customer-decline").into());
    words.set_connecting_title(texts.get("customer-connecting-title").into());
    words.set_identity_title(texts.get("customer-identity-title").into());
    words.set_identity_lead(texts.get("customer-identity-lead").into());
    words.set_identity_trust(texts.get("customer-identity-trust").into());
    words.set_identity_refuse(texts.get("customer-identity-refuse").into());
}

fn fill_bar(words: &Words<'_>, texts: &Texts) {
    words.set_stop(texts.get("customer-stop").into());
    words.set_control(texts.get("customer-control").into());
    words.set_recording(texts.get("customer-recording").into());
    words.set_recording_stop(texts.get("customer-recording-stop").into());
    words.set_copy_wish(texts.get("customer-copy-wish").into());
    words.set_copy_wished(texts.get("customer-copy-wished").into());
    words.set_pause(texts.get("customer-pause").into());
    words.set_resume(texts.get("customer-resume").into());
    words.set_rights(texts.get("customer-rights").into());
    words.set_ask_means(texts.get("customer-ask-means").into());
    words.set_ask_allow(texts.get("customer-ask-allow").into());
    words.set_ask_refuse(texts.get("customer-ask-refuse").into());
    words.set_chat(texts.get("customer-chat").into());
    words.set_chat_empty(texts.get("customer-chat-empty").into());
    words.set_draw(texts.get("customer-draw").into());
    words.set_draw_how(texts.get("customer-draw-how").into());
    words.set_draw_done(texts.get("customer-draw-done").into());
    words.set_draw_undo(texts.get("customer-draw-undo").into());
    words.set_draw_clear(texts.get("customer-draw-clear").into());
    words.set_draw_red(texts.get("customer-draw-red").into());
    words.set_draw_yellow(texts.get("customer-draw-yellow").into());
    words.set_draw_green(texts.get("customer-draw-green").into());
    words.set_draw_blue(texts.get("customer-draw-blue").into());
    words.set_draw_black(texts.get("customer-draw-black").into());
    words.set_voice(texts.get("customer-voice").into());
    words.set_voice_end(texts.get("customer-voice-end").into());
    words.set_voice_said(texts.get("customer-voice-said").into());
    words.set_voice_heard(texts.get("customer-voice-heard").into());
    words.set_voice_mute(texts.get("customer-voice-mute").into());
    words.set_voice_unmute(texts.get("customer-voice-unmute").into());
    words.set_message(texts.get("customer-message").into());
    words.set_send(texts.get("customer-send").into());
    words.set_part(texts.get("customer-part").into());
    words.set_part_title(texts.get("customer-part-title").into());
    words.set_part_draw(texts.get("customer-part-draw").into());
    words.set_part_share(texts.get("customer-part-share").into());
    words.set_part_decline(texts.get("customer-part-decline").into());
}

fn fill_operator_screen(words: &Words<'_>, texts: &Texts) {
    words.set_operator_screen_means(texts.get("customer-operator-screen-means").into());
    words.set_operator_screen_fit(texts.get("customer-operator-screen-fit").into());
    words.set_operator_screen_original(texts.get("customer-operator-screen-original").into());
    words.set_operator_screen_close(texts.get("customer-operator-screen-close").into());
    words.set_operator_screen_held(texts.get("customer-operator-screen-held").into());
    words.set_operator_screen_coming(texts.get("customer-operator-screen-coming").into());
}

fn fill_survey(words: &Words<'_>, texts: &Texts) {
    words.set_survey_title(texts.get("customer-survey-title").into());
    words.set_survey_comment(texts.get("customer-survey-comment").into());
    words.set_survey_send(texts.get("customer-survey-send").into());
    words.set_survey_sending(texts.get("customer-survey-sending").into());
    words.set_survey_skip(texts.get("customer-survey-skip").into());
    words.set_receipt_save(texts.get("customer-receipt-save").into());
    words.set_copy_ask(texts.get("customer-copy-ask").into());
    words.set_survey_thanks(texts.get("customer-survey-thanks").into());
    words.set_rating_5(texts.get("customer-survey-rating-5").into());
    words.set_rating_4(texts.get("customer-survey-rating-4").into());
    words.set_rating_3(texts.get("customer-survey-rating-3").into());
    words.set_rating_2(texts.get("customer-survey-rating-2").into());
    words.set_rating_1(texts.get("customer-survey-rating-1").into());
}
