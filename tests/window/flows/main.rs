//! What a person does with the window, from the first minute on.

mod documents;
mod explore;
mod exports;
mod looks;
mod safety;
mod second_display;
mod steps;
