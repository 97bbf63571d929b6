import calendarDays from 'lucide-static/icons/calendar-days.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import chevronLeft from 'lucide-static/icons/chevron-left.svg?raw';
import circleAlert from 'lucide-static/icons/circle-alert.svg?raw';
import house from 'lucide-static/icons/house.svg?raw';
import info from 'lucide-static/icons/info.svg?raw';
import megaphone from 'lucide-static/icons/megaphone.svg?raw';
import messageSquareText from 'lucide-static/icons/message-square-text.svg?raw';
import triangleAlert from 'lucide-static/icons/triangle-alert.svg?raw';
import userRound from 'lucide-static/icons/user-round.svg?raw';
import users from 'lucide-static/icons/users.svg?raw';

/** The drawings in use, as SVG text, by what they show. */
export const ICONS = {
	calendarDays,
	check,
	chevronDown,
	chevronLeft,
	circleAlert,
	house,
	info,
	megaphone,
	messageSquareText,
	triangleAlert,
	userRound,
	users,
} as const;

export type IconName = keyof typeof ICONS;
