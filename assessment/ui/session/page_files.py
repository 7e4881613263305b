"""Where each page lives, as st.Page and st.switch_page name it."""

from __future__ import annotations

HOME = "pages/home/home.py"
CHECK = "pages/check/quick_check.py"
DEEP_CHECK = "pages/check/deep_check.py"
SHARED_RESULT = "pages/check/shared_result.py"
ROUNDS = "pages/check/rounds.py"
ROUND = "pages/check/round.py"
SQUAD = "pages/results/squad.py"
COMPARE = "pages/results/compare.py"
TRENDS = "pages/results/trends.py"
LEADERSHIP = "pages/results/leadership.py"
PLAYBOOK = "pages/learn/playbook.py"
METHOD = "pages/learn/method.py"
DATA = "pages/manage/data.py"
SHARING = "pages/manage/sharing.py"
